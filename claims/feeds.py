"""HTTP edge of the published feeds."""
