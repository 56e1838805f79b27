"""Quantities: figures with their units, bounds and what they count, in English, Ukrainian and Russian.

>>> [(q.low, q.high, q.unit) for q in read_quantities("The talks lasted about two hours.", "en")]
[(6480.0, 7920.0, 's')]
>>> [(q.low, q.high, q.unit) for q in read_quantities("Понад 60 тис. споживачів без світла.", "uk")]
[(60000.0, None, 'count')]
>>> [(q.low, q.high, q.unit) for q in read_quantities("Ремонт займёт полтора часа.", "ru")]
[(5400.0, 5400.0, 's')]
"""

from claims.language.quantities.reader import read_quantities

__all__ = ["read_quantities"]
