"""All attacks, in the order of the issue's list."""

import attacks_cheating
import attacks_files
import attacks_notebooks
import attacks_on_this_grader
import attacks_resources
from attack_support import Attack

ATTACKS: tuple[Attack, ...] = (
    *attacks_cheating.ATTACKS,
    *attacks_files.ATTACKS,
    *attacks_resources.ATTACKS,
    *attacks_notebooks.ATTACKS,
    *attacks_on_this_grader.ATTACKS,
)
BY_ID = {attack.id: attack for attack in ATTACKS}
assert len(BY_ID) == len(ATTACKS)
