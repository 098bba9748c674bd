package main

type Ci struct {
	Image string
	Count int
}

func New(image string) *Ci { return &Ci{Image: image} }
