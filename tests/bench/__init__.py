"""The bench: a city of its size, and what each page and each act costs in it against a floor of the same run.

`seed*.py` make the city, `floors.py` is what it is measured against, and the rest are measures by subject.
Its settings and addresses are its own: nothing of the product imports any of it.
"""
