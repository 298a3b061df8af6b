"""Which questions of a form are answered with what tells who somebody is."""

from referrals.district.directory import FieldKind

NUMBERS = frozenset({FieldKind.NIK, FieldKind.KK})
"""Numbers of the registry: their last four digits prove who somebody is, so a mask hides those."""

PERSONAL = NUMBERS | {FieldKind.NAME, FieldKind.PHONE}
