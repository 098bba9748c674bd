# The Python tools of the tests, in a virtual environment in the user's cache. Sourced.
# shellcheck shell=bash

TOOLS=${XDG_CACHE_HOME:-$HOME/.cache}/dockwright/tools-$(sha256sum tests/requirements.txt | cut -c1-12)

# Makes the environment.
python_tools() {
  [[ -f $TOOLS/complete ]] && return
  mkdir -p "$(dirname "$TOOLS")"
  (
    flock 9
    if [[ ! -f $TOOLS/complete ]]; then
      rm -rf "$TOOLS"
      python3 -m venv "$TOOLS"
      "$TOOLS/bin/pip" install --quiet --disable-pip-version-check -r tests/requirements.txt
      touch "$TOOLS/complete"
    fi
  ) 9>"$TOOLS.lock"
}
