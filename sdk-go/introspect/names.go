package main

import "strings"

// lowerCamel is the API's spelling of a Go name: in a run of capitals only the first stays one, so that HTTPServer becomes
// httpserver and GetURL getUrl, as modules written for Dagger are called.
func lowerCamel(name string) string {
	camel := upperCamel(name)
	if camel == "" {
		return camel
	}
	return strings.ToLower(camel[:1]) + camel[1:]
}

// upperCamel is the same with a capital first: my-module becomes MyModule.
func upperCamel(name string) string {
	var b strings.Builder
	capital, afterCapital := true, false
	for _, c := range name {
		switch {
		case c == '_' || c == '-' || c == ' ' || c == '.':
			capital, afterCapital = true, false
			continue
		case capital && 'a' <= c && c <= 'z':
			b.WriteRune(c - 'a' + 'A')
		case !capital && afterCapital && 'A' <= c && c <= 'Z':
			b.WriteRune(c - 'A' + 'a')
		default:
			b.WriteRune(c)
		}
		capital = '0' <= c && c <= '9'
		afterCapital = 'A' <= c && c <= 'Z'
	}
	return b.String()
}

// words splits a name at dashes, underscores, dots, spaces and changes of case, as the host does.
func words(name string) []string {
	var found []string
	var word []rune
	runes := []rune(name)
	upper := func(c rune) bool { return 'A' <= c && c <= 'Z' }
	lower := func(c rune) bool { return 'a' <= c && c <= 'z' }
	flush := func() {
		if len(word) > 0 {
			found = append(found, string(word))
			word = nil
		}
	}
	for i, c := range runes {
		if c == '-' || c == '_' || c == ' ' || c == '.' {
			flush()
			continue
		}
		if i > 0 && upper(c) {
			before := runes[i-1]
			digit := '0' <= before && before <= '9'
			if lower(before) || digit || (upper(before) && i+1 < len(runes) && lower(runes[i+1])) {
				flush()
			}
		}
		word = append(word, c)
	}
	flush()
	return found
}

// pascal is the host's spelling of type names.
func pascal(name string) string {
	var b strings.Builder
	for _, word := range words(name) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// namespaced is the name of a module's type in the API: prefixed with the module's, once.
func namespaced(module, name string) string {
	prefix, name := pascal(module), pascal(name)
	rest, found := strings.CutPrefix(name, prefix)
	if found && (rest == "" || rest[0] < 'a' || rest[0] > 'z') {
		return name
	}
	return prefix + name
}
