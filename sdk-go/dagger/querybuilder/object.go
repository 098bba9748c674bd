package querybuilder

import (
	"context"
	"fmt"
	"reflect"
	"sync"
)

// GraphQLMarshaller is an object of the API: it travels as its ID.
type GraphQLMarshaller interface {
	// XXX_GraphQLType is the name of its type in the API.
	XXX_GraphQLType() string
	// XXX_GraphQLIDType is the name of its ID's type in the API.
	XXX_GraphQLIDType() string
	// XXX_GraphQLID is its ID; it may ask the API.
	XXX_GraphQLID(ctx context.Context) (string, error)
}

var marshaller = reflect.TypeFor[GraphQLMarshaller]()

// asObject tells whether the value is an object of the API, which is nil for a nil pointer to one.
func asObject(v reflect.Value) (GraphQLMarshaller, bool) {
	switch {
	case v.Kind() == reflect.Interface && !v.IsNil():
		return asObject(v.Elem())
	case v.Type().Implements(marshaller):
		if (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil() {
			return nil, true
		}
		object, ok := v.Interface().(GraphQLMarshaller)
		return object, ok
	case v.Kind() == reflect.Struct && reflect.PointerTo(v.Type()).Implements(marshaller):
		// The value of an object, as lists have them.
		pointer := reflect.New(v.Type())
		pointer.Elem().Set(v)
		object, ok := pointer.Interface().(GraphQLMarshaller)
		return object, ok
	}
	return nil, false
}

// FetchIDs asks for the IDs of objects, all at the same time.
func FetchIDs(ctx context.Context, objects []GraphQLMarshaller) ([]string, error) {
	ids := make([]string, len(objects))
	errs := make([]error, len(objects))
	var group sync.WaitGroup
	for i, object := range objects {
		if i == len(objects)-1 {
			ids[i], errs[i] = object.XXX_GraphQLID(ctx)
			break
		}
		group.Add(1)
		go func() {
			defer group.Done()
			ids[i], errs[i] = object.XXX_GraphQLID(ctx)
		}()
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// ID is the ID of the object that the chain leads to. It is asked for once.
func (s *Selection) ID(ctx context.Context) (string, error) {
	if id := s.id.Load(); id != nil {
		return *id, nil
	}
	id, err := Get[string](ctx, s.Select("id"))
	if err != nil {
		return "", err
	}
	if id == "" {
		return "", fmt.Errorf("there is no object at %s: the API answered null", s.path())
	}
	s.id.Store(&id)
	return id, nil
}
