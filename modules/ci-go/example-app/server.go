package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
)

// server counts the visits of each name.
type server struct {
	mutex  sync.Mutex
	visits map[string]int
}

type greeting struct {
	Text   string `json:"text"`
	Visits int    `json:"visits"`
}

func newServer() http.Handler {
	s := &server{visits: map[string]int{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /greet", s.greet)
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("ok\n"))
	})
	return mux
}

func (s *server) greet(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimSpace(r.URL.Query().Get("name"))
	if name == "" {
		http.Error(w, "name is missing", http.StatusBadRequest)
		return
	}
	s.mutex.Lock()
	s.visits[name]++
	visits := s.visits[name]
	s.mutex.Unlock()
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(greeting{"Hello, " + name + "!", visits})
}

// answer is what the handler gives for a path.
func answer(handler http.Handler, path string) string {
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, path, nil))
	return strings.TrimSpace(recorder.Body.String())
}
