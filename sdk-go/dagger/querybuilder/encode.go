package querybuilder

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// isZero tells whether a value is its type's zero value or an empty list.
func isZero(value any) bool {
	v := reflect.ValueOf(value)
	if !v.IsValid() || v.IsZero() {
		return true
	}
	return v.Kind() == reflect.Slice && v.Len() == 0
}

var errNilObject = errors.New("it is a nil object")

// document is GraphQL text with gaps where the IDs of objects belong.
type document struct {
	strings.Builder
	gaps    []int
	objects []GraphQLMarshaller
}

// filled is the text with the IDs in its gaps. They are asked for at the same time, each object's once.
func (b *document) filled(ctx context.Context) (string, error) {
	places := map[GraphQLMarshaller]int{}
	var objects []GraphQLMarshaller
	for _, object := range b.objects {
		if _, seen := places[object]; !seen {
			places[object] = len(objects)
			objects = append(objects, object)
		}
	}
	ids, err := FetchIDs(ctx, objects)
	if err != nil {
		return "", err
	}
	var whole document
	from := 0
	for i, gap := range b.gaps {
		whole.WriteString(b.String()[from:gap])
		whole.text(ids[places[b.objects[i]]])
		from = gap
	}
	whole.WriteString(b.String()[from:])
	return whole.String(), nil
}

// value appends a value as a GraphQL literal.
func (b *document) value(v reflect.Value) error {
	if !v.IsValid() {
		b.WriteString("null")
		return nil
	}
	if object, ok := asObject(v); ok {
		if object == nil {
			return errNilObject
		}
		b.gaps = append(b.gaps, b.Len())
		b.objects = append(b.objects, object)
		return nil
	}
	if member, ok := v.Interface().(enum); ok && v.Kind() != reflect.Pointer {
		return b.name(member.Name())
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			b.WriteString("null")
			return nil
		}
		return b.value(v.Elem())
	case reflect.String:
		b.text(v.String())
	case reflect.Bool:
		b.WriteString(strconv.FormatBool(v.Bool()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		b.WriteString(strconv.FormatInt(v.Int(), 10))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		b.WriteString(strconv.FormatUint(v.Uint(), 10))
	case reflect.Float32, reflect.Float64:
		b.WriteString(strconv.FormatFloat(v.Float(), 'g', -1, 64))
	case reflect.Slice, reflect.Array:
		b.WriteByte('[')
		for i := range v.Len() {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := b.value(v.Index(i)); err != nil {
				return fmt.Errorf("item %d: %w", i, err)
			}
		}
		b.WriteByte(']')
	case reflect.Struct:
		return b.input(v)
	default:
		return fmt.Errorf("a %s cannot be sent", v.Type())
	}
	return nil
}

// input appends an input of the API: the fields that have a json name, without those that are empty and may be left out.
func (b *document) input(v reflect.Value) error {
	b.WriteByte('{')
	written := false
	for i := range v.NumField() {
		name, option, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if name == "" || name == "-" || (option == "omitempty" && v.Field(i).IsZero()) {
			continue
		}
		if written {
			b.WriteByte(',')
		}
		written = true
		b.WriteString(name)
		b.WriteByte(':')
		if err := b.value(v.Field(i)); err != nil {
			return fmt.Errorf("field %s: %w", name, err)
		}
	}
	b.WriteByte('}')
	return nil
}

// enum is a type whose values are sent as names.
type enum interface {
	IsEnum()
	Name() string
}

func (b *document) name(name string) error {
	for i, c := range name {
		letter := c == '_' || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z')
		if !letter && (i == 0 || c < '0' || c > '9') {
			return fmt.Errorf("%q is no name of an enum's member", name)
		}
	}
	if name == "" {
		b.WriteString("null")
	}
	b.WriteString(name)
	return nil
}

func (b *document) text(text string) {
	b.WriteByte('"')
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\r':
			b.WriteString(`\r`)
		case c == '\t':
			b.WriteString(`\t`)
		case c < 0x20 || c == 0x7f:
			const digits = "0123456789abcdef"
			b.WriteString(`\u00`)
			b.WriteByte(digits[c>>4])
			b.WriteByte(digits[c&15])
		default:
			// What is no UTF-8 becomes U+FFFD, as in JSON.
			b.WriteRune(c)
		}
		i += size
	}
	b.WriteByte('"')
}
