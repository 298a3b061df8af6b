"""Where the console's pages are found, for those that lead to each other."""

ROOT = "/console"
SIGN_IN = f"{ROOT}/sign-in"
LIST = f"{ROOT}/worklist"
CASES = f"{ROOT}/cases"
CALL = f"{ROOT}/call"
FILE = f"{ROOT}/file"  # for a resident who sits there
VILLAGE = f"{ROOT}/village"
SHEETS = f"{VILLAGE}/sheets"
FIGURES = f"{ROOT}/figures"
AUDIT = f"{ROOT}/audit"
DISTRICT = f"{ROOT}/district"
ACCOUNTS = f"{ROOT}/accounts"
