package dispatch

import (
	"context"
	"encoding/json"
	"reflect"

	"dockwright.dev/go/dagger/querybuilder"
)

// encode writes a result as JSON. First it asks for the IDs of all objects of the API in it, at the same time, since json
// would ask for one after the other. A nil list becomes an empty one: the API has no other lists.
func encode(ctx context.Context, result any) ([]byte, error) {
	if result == nil {
		return []byte("null"), nil
	}
	// A copy can be set where the value itself cannot.
	root := reflect.New(reflect.TypeOf(result)).Elem()
	root.Set(reflect.ValueOf(result))
	visit := visit{seen: map[visited]bool{}}
	visit.value(root)
	if _, err := querybuilder.FetchIDs(ctx, visit.objects); err != nil {
		return nil, err
	}
	// Through its address, since an object by value writes its ID only there.
	return json.Marshal(root.Addr().Interface())
}

type visit struct {
	objects []querybuilder.GraphQLMarshaller
	seen    map[visited]bool
}

type visited struct {
	pointer uintptr
	kind    reflect.Type
}

var (
	marshaller     = reflect.TypeFor[querybuilder.GraphQLMarshaller]()
	jsonMarshaller = reflect.TypeFor[json.Marshaler]()
)

func (w *visit) value(v reflect.Value) {
	if !v.IsValid() {
		return
	}
	if v.Kind() == reflect.Struct && v.CanAddr() && v.Addr().Type().Implements(marshaller) {
		w.object(v.Addr())
		return
	}
	if v.Kind() != reflect.Interface && v.Type().Implements(marshaller) {
		w.object(v)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || w.again(v) {
			return
		}
		w.value(v.Elem())
	case reflect.Interface:
		w.value(v.Elem())
	case reflect.Slice:
		if v.IsNil() && v.CanSet() && v.Type().Elem().Kind() != reflect.Uint8 {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			w.value(v.Index(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			w.value(v.Index(i))
		}
	case reflect.Map:
		for each := v.MapRange(); each.Next(); {
			w.value(each.Value())
		}
	case reflect.Struct:
		if v.Type().Implements(jsonMarshaller) || reflect.PointerTo(v.Type()).Implements(jsonMarshaller) {
			return
		}
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() || field.Anonymous {
				w.value(v.Field(i))
			}
		}
	}
}

func (w *visit) object(v reflect.Value) {
	if v.Kind() == reflect.Pointer && v.IsNil() || !v.CanInterface() {
		return
	}
	object, ok := v.Interface().(querybuilder.GraphQLMarshaller)
	// A struct's zero value is an object that is not there, which json writes as null.
	if ok && !(v.Kind() == reflect.Pointer && v.Elem().IsZero()) {
		w.objects = append(w.objects, object)
	}
}

func (w *visit) again(v reflect.Value) bool {
	key := visited{v.Pointer(), v.Type()}
	seen := w.seen[key]
	w.seen[key] = true
	return seen
}
