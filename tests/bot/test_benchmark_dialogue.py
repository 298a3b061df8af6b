"""The dialogue that speed is measured by: it must be the one that the product leads."""

import re
from pathlib import Path

from benchmarks.citizens import Step, filled, script
from tests.bot.playing import Citizen, fill_registry, open_play

ROW = {"nik": "9901014107800001", "proof": "0001", "uid": "7000001"}


async def reply_to(step: Step, citizen: Citizen) -> str:
    """Send or press what *step* says, and return the reply."""
    if not step.press:
        return await citizen.say(step.send.format_map(ROW))
    labels = [choice.label for choice in citizen.heard[-1].choices]
    return await citizen.tap(next(label for label in labels if re.search(step.press, label)))


async def test_each_step_of_the_benchmarks_dialogue_is_answered_as_it_expects(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Whoever changes what is asked learns here that the benchmark must follow."""
    play = await open_play(sqlite_url, tmp_path)
    await fill_registry(play)
    citizen = play.citizen()
    for step in script():
        assert re.search(filled(step.expect, ROW), await reply_to(step, citizen))
    await play.house.close()
