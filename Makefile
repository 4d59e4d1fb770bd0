# Only repeats boot.py.
.PHONY: demo test check bench lock
demo test check bench lock:
	python3 boot.py $@
