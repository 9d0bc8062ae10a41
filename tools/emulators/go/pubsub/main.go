// The Pub/Sub emulator: Google's own in-memory fake, which its Go client is tested with, behind a port of its own,
// with the two things added that the fake leaves out or gets wrong: dead letters (dead_letters.go) and push (push.go).
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"os"
	"os/signal"
	"syscall"

	pb "cloud.google.com/go/pubsub/v2/apiv1/pubsubpb"
	"cloud.google.com/go/pubsub/v2/pstest"
	"google.golang.org/grpc"
)

func main() {
	port := flag.Int("port", 0, "port on 127.0.0.1; 0 takes a free one")
	tokenFile := flag.String("push-token", "", "file whose text push requests carry as bearer token, when their subscription asks for one")
	flag.Parse()

	asked := make(chan os.Signal, 1)
	signal.Notify(asked, os.Interrupt, syscall.SIGTERM)

	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
	if err != nil {
		log.Fatal(err)
	}
	// The fake listens on a port of its own as well; nobody is told which.
	fake := pstest.NewServer()
	server := grpc.NewServer()
	pb.RegisterPublisherServer(server, &fake.GServer)
	pb.RegisterSubscriberServer(server, newSubscriber(&fake.GServer, *tokenFile))
	go func() {
		if err := server.Serve(listener); err != nil {
			log.Fatal(err)
		}
	}()
	// The address is what whoever started this waits for.
	fmt.Println(listener.Addr())
	<-asked
	server.Stop()
}
