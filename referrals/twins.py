"""How far back another ticket may be the same case: a hint to officers, never a refusal.

No regulation names these spans. Aid is granted by budget year (Law 17/2003 on State Finance,
article 4); the longest promise of a service, sixty working days, ends within ninety days.
"""

from datetime import timedelta

DOUBLE_AID = timedelta(days=365)  # the same family, asking for the same service
ONE_CASE = timedelta(days=90)  # the same family, citizen or place: beyond that hardly one case
