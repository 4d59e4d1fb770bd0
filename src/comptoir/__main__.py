"""`python -m comptoir` is `comptoir`."""

from comptoir.cli import main

raise SystemExit(main())
