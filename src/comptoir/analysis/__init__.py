"""Plain Python and NumPy: no Django, no network, no clock. A library, and the body of the command line."""
