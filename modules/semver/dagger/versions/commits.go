package versions

import "regexp"

// subject is that of a conventional commit: type, scope, exclamation mark.
var subject = regexp.MustCompile(`^([a-zA-Z]+)(?:\([^()\r\n]*\))?(!)?: \S`)

var breaking = regexp.MustCompile(`(?m)^BREAKING[ -]CHANGE: `)

// LevelOf says what a commit asks for by its message: a breaking change is major, `feat` minor, `fix` and `perf` a patch.
func LevelOf(message string) Level {
	parts := subject.FindStringSubmatch(message)
	switch {
	case parts == nil:
		return None
	case parts[2] == "!", breaking.MatchString(message):
		return Major
	case parts[1] == "feat":
		return Minor
	case parts[1] == "fix", parts[1] == "perf":
		return Patch
	}
	return None
}

// Highest is what all commits together ask for.
func Highest(messages []string) Level {
	level := None
	for _, message := range messages {
		level = max(level, LevelOf(message))
	}
	return level
}
