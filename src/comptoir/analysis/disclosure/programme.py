"""A linear programme solved by HiGHS, one thread, fixed seed: the same numbers each time."""

from collections.abc import Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# (columns, coefficients, least, most): least <= sum of coefficients times variables <= most
Row = tuple[Sequence[int], Sequence[float], float, float]
_WHOLE = 1e-6
_MOST_NODES = 20_000


def _array(values: object) -> Floats:
    return np.asarray(values, dtype=np.float64)


class Programme:
    """Variables between bounds, tied by rows. Solve it several times: each start from where the last one ended."""

    def __init__(self, lower: Sequence[float] | Floats, upper: Sequence[float] | Floats, rows: Sequence[Row]):
        self.size = len(lower)
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]  # its constructor has no annotation
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0)):
            self._solver.setOptionValue(option, value)
        self._solver.setOptionValue("mip_max_nodes", _MOST_NODES)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.size, len(rows)
        model.col_cost_ = np.zeros(self.size)
        model.col_lower_, model.col_upper_ = _array(lower), _array(upper)
        model.row_lower_, model.row_upper_ = _array([r[2] for r in rows]), _array([r[3] for r in rows])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *(len(r[0]) for r in rows)]).astype(np.int32)
        model.a_matrix_.index_ = np.asarray([c for r in rows for c in r[0]], dtype=np.int32)
        model.a_matrix_.value_ = _array([c for r in rows for c in r[1]])
        self._solver.passModel(model)
        self._all = np.arange(self.size, dtype=np.int32)
        self._integers = False
        self.x: Floats = np.zeros(self.size)
        self.reduced: Floats = np.zeros(self.size)
        self.value = 0.0
        self.bound = 0.0

    def minimise(self, cost: Floats) -> bool:
        """Finds `x`, `value` and `reduced` costs; False where nothing satisfies the rows. `value` may be -infinity."""
        self._relax()
        self._solver.changeColsCost(self.size, self._all, cost)
        return self._run()

    def minimise_whole(self, cost: Floats) -> bool:
        """The same among whole numbers; `bound` is the least that is proved possible."""
        if not self.minimise(cost):
            return False
        self.bound = self.value
        if not np.isfinite(self.value) or float(np.max(np.abs(self.x - np.round(self.x)), initial=0.0)) < _WHOLE:
            return True
        self._integers = True
        self._solver.changeColsIntegrality(self.size, self._all, np.ones(self.size, dtype=np.uint8))
        return self._run()

    def set_bounds(
        self, columns: Sequence[int], lower: Sequence[float] | Floats, upper: Sequence[float] | Floats
    ) -> None:
        where = np.asarray(columns, dtype=np.int32)
        self._solver.changeColsBounds(len(where), where, _array(lower), _array(upper))

    def add_row(self, row: Row) -> None:
        columns, coefficients, least, most = row
        self._solver.addRow(least, most, len(columns), np.asarray(columns, dtype=np.int32), _array(coefficients))

    def _relax(self) -> None:
        if self._integers:
            self._solver.changeColsIntegrality(self.size, self._all, np.zeros(self.size, dtype=np.uint8))
            self._integers = False

    def _run(self) -> bool:
        self._solver.run()
        status = self._solver.getModelStatus()
        states = highspy.HighsModelStatus
        if status == states.kUnboundedOrInfeasible:  # presolve does not always tell one from the other
            self._solver.setOptionValue("presolve", "off")
            self._solver.run()
            status = self._solver.getModelStatus()
            self._solver.setOptionValue("presolve", "choose")
        if status == states.kUnbounded:
            self.value = self.bound = -np.inf
            return True
        solution = self._solver.getSolution()
        if status == states.kInfeasible or not solution.value_valid:
            return False
        self.x = _array(solution.col_value)
        info = self._solver.getInfo()
        self.value = float(info.objective_function_value)
        if self._integers:
            self.bound = float(info.mip_dual_bound)
        else:
            self.reduced = _array(solution.col_dual)
        return True
