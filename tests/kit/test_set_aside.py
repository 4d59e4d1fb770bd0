"""What each process of the server holds, once it is ready."""

import subprocess
import sys

ASKED = """
import gc
import comptoir.wsgi
assert gc.get_freeze_count() > 100_000, gc.get_freeze_count()
from comptoir.commitments.views import table
assert all(one is not table for one in gc.get_objects()), "loaded after all was set aside"
"""


def test_what_the_application_is_made_of_is_set_aside_from_the_collector() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
