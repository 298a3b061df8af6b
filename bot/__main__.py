"""python -m bot: the same as the command satupintu."""

from bot.cli import main

main()
