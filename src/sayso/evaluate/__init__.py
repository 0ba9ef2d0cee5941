"""How well ledgers agree: precision, recall and F1 by slot against gold ledgers."""

from sayso.evaluate.files import evaluate_files
from sayso.evaluate.scores import Scores, evaluate, table

__all__ = ["Scores", "evaluate", "evaluate_files", "table"]
