package main

type Ci struct {
	Build string
	ID    string
}

func (m *Ci) GetURL() {}

func (m *Ci) GetUrl() {}

func (m *Ci) build(x int) {}

func (m *Ci) F(aURL, aUrl string) {}
