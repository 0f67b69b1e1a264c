"""Reads a JSON log from standard input, and writes a line for each record that tells all that is in it, exactly."""

import json
import re
import struct
import sys


def codes(match):
    return "\\" + match[0].encode("utf-16-be", "surrogatepass").hex()


def told(value):
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return '"' + re.sub(r"[^ !#-\[\]-~]", codes, value) + '"'
    if isinstance(value, int):
        return "int:%d" % value
    if isinstance(value, float):
        return "float:" + struct.pack(">d", value).hex()
    if isinstance(value, list):
        return "[" + " ".join(told(item) for item in value) + "]"
    return "{" + " ".join(sorted(told(key) + "=" + told(item) for key, item in value.items())) + "}"


def refuse(word):
    raise ValueError(word + " is no JSON")


separator = sys.argv[1].encode().decode("unicode_escape")
log = sys.stdin.buffer.read().decode("utf-8")
for line in log.split("\n")[:-1]:
    if not line.startswith(separator):
        raise ValueError("no separator before " + line[:80])
    print(told(json.loads(line[len(separator):], parse_constant=refuse)))
