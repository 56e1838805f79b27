"""System checks: settings that must stand in order are errors at start-up."""
