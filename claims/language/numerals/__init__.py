"""Tokens, numbers and units: the ground that the readers of quantities and of times both stand on.

Invariant: nothing here knows dates, bounds or what is counted; a number is a value and a stretch of tokens.
"""
