package main

type Other struct{}

type Another struct{}
