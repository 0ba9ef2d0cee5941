"""How well ledgers agree: precision, recall and F1 by slot against gold ledgers, and what went wrong."""

from sayso.evaluate.files import compared, evaluate_files
from sayso.evaluate.report import figures, write_report
from sayso.evaluate.scores import Scores, evaluate, table

__all__ = ["Scores", "compared", "evaluate", "evaluate_files", "figures", "table", "write_report"]
