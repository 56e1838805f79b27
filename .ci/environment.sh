#!/bin/sh
# Makes the virtual environment from a lock file, with every hash checked, unless it stands already.
# usage: environment.sh PYTHON VENV LOCK
# The stamp holds the lock's checksum: while it is unchanged, this takes some milliseconds.
set -eu
python=$1 venv=$2 lock=$3
stamp=$venv/.$lock.stamp
wanted=$(cksum < "$lock")
# The development lock contains the other one.
for standing in "$stamp" "$venv/.requirements-dev.lock.stamp"; do
  if [ "$standing" = "$stamp" ] || [ "$lock" = requirements.lock ]; then
    lockfile=$(basename "$standing" .stamp); lockfile=${lockfile#.}
    if [ -x "$venv/bin/python" ] && [ "$(cat "$standing" 2>/dev/null)" = "$(cksum < "$lockfile")" ]; then exit 0; fi
  fi
done

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
  echo "Python 3.11 or newer is needed; name it with make PYTHON=/path/to/python3.11"; exit 1; }
echo "Making the environment in $venv from $lock (once, about a minute)."
if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then
  [ -x "$venv/bin/python" ] || uv venv --quiet --python "$python" "$venv"
  uv pip install --quiet --require-hashes --python "$venv/bin/python" -r "$lock"
else
  [ -x "$venv/bin/python" ] || "$python" -m venv "$venv" || {
    echo "Python's venv module is missing; on Debian: apt install python3-venv"; rm -rf "$venv"; exit 1; }
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
fi
echo "$wanted" > "$stamp"
