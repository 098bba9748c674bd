package main

type Ci struct{}

type Other struct{}

func New() *Other { return nil }
