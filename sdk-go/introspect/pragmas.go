package main

import (
	"encoding/json"
	"strings"
)

// comment is a doc comment taken apart.
type comment struct {
	// text is what is for people.
	text string
	// pragmas are the lines "+name" and "+name=value"; the value of the first form is empty.
	pragmas map[string]string
}

// parseComment finds the pragmas of a comment.
func parseComment(text string) comment {
	parsed := comment{pragmas: map[string]string{}}
	var kept []string
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		name, value, ok := pragma(lines[i])
		if !ok {
			kept = append(kept, lines[i])
			continue
		}
		// A list may go on over several lines.
		if strings.HasPrefix(value, "[") || strings.HasPrefix(value, "{") {
			for end := i; end < len(lines); end++ {
				if whole := value + strings.Join(lines[i+1:end+1], "\n"); json.Valid([]byte(whole)) {
					value, i = whole, end
					break
				}
			}
		}
		parsed.pragmas[name] = value
	}
	parsed.text = strings.TrimSpace(strings.Join(kept, "\n"))
	return parsed
}

func pragma(line string) (name, value string, ok bool) {
	line, ok = strings.CutPrefix(strings.TrimSpace(line), "+")
	if !ok {
		return "", "", false
	}
	name, value, _ = strings.Cut(line, "=")
	name = strings.TrimSpace(name)
	for _, c := range name {
		if c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return "", "", false
		}
	}
	return name, strings.TrimSpace(value), name != ""
}

// has tells whether the pragma is there and not switched off.
func (c comment) has(name string) bool {
	value, ok := c.pragmas[name]
	return ok && value != "false"
}

// textOf is the pragma's value as text, without its quotes.
func (c comment) textOf(name string) (string, bool) {
	value, ok := c.pragmas[name]
	var text string
	if json.Unmarshal([]byte(value), &text) == nil {
		return text, ok
	}
	return value, ok
}

// deprecated adds the annotation of that name.
func (c comment) deprecated(to annotations) {
	if reason, ok := c.textOf("deprecated"); ok {
		to["deprecated"] = reason
	}
}
