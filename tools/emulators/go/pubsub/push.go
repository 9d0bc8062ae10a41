package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	pb "cloud.google.com/go/pubsub/v2/apiv1/pubsubpb"
	"google.golang.org/protobuf/types/known/emptypb"
)

// The service waits between 100 ms and 60 s; tests wait less.
const (
	firstPauseMs = 100
	lastPauseMs  = 1000
)

// push delivers a subscription's messages to its endpoint, as long as it has both.
func (s *subscriber) push(subscription string, config *pb.PushConfig) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, isPushed := s.pushed[subscription]
	if !isPushed && config.GetPushEndpoint() == "" {
		return
	}
	s.pushed[subscription] = config
	if !isPushed {
		go s.pushAll(subscription)
	}
}

func (s *subscriber) ModifyPushConfig(ctx context.Context, asked *pb.ModifyPushConfigRequest) (*emptypb.Empty, error) {
	if _, err := s.GetSubscription(ctx, &pb.GetSubscriptionRequest{Subscription: asked.Subscription}); err != nil {
		return nil, err
	}
	s.push(asked.Subscription, asked.PushConfig)
	return &emptypb.Empty{}, nil
}

func (s *subscriber) pushAll(subscription string) {
	ctx := context.Background()
	for {
		s.mu.Lock()
		config := s.pushed[subscription]
		s.mu.Unlock()
		if config.GetPushEndpoint() == "" {
			time.Sleep(firstPauseMs * time.Millisecond)
			continue
		}
		pulled, err := s.Pull(ctx, &pb.PullRequest{Subscription: subscription, MaxMessages: 100, ReturnImmediately: true})
		if err != nil {
			// The subscription has been deleted.
			s.mu.Lock()
			delete(s.pushed, subscription)
			s.mu.Unlock()
			return
		}
		for _, message := range pulled.ReceivedMessages {
			go s.pushOne(ctx, subscription, config, message)
		}
		if len(pulled.ReceivedMessages) == 0 {
			time.Sleep(10 * time.Millisecond)
		}
	}
}

func (s *subscriber) pushOne(ctx context.Context, subscription string, config *pb.PushConfig, message *pb.ReceivedMessage) {
	if s.isTaken(ctx, subscription, config, message) {
		_, _ = s.Acknowledge(ctx, &pb.AcknowledgeRequest{Subscription: subscription, AckIds: []string{message.AckId}})
		return
	}
	pause := min(firstPauseMs<<min(message.DeliveryAttempt, 10), lastPauseMs)
	time.Sleep(time.Duration(pause) * time.Millisecond)
	_, _ = s.ModifyAckDeadline(ctx, &pb.ModifyAckDeadlineRequest{Subscription: subscription, AckIds: []string{message.AckId}})
}

func (s *subscriber) isTaken(ctx context.Context, subscription string, config *pb.PushConfig, message *pb.ReceivedMessage) bool {
	inner := map[string]any{
		"messageId":   message.Message.MessageId,
		"publishTime": message.Message.PublishTime.AsTime().Format(time.RFC3339Nano),
		"data":        message.Message.Data,
	}
	if len(message.Message.Attributes) > 0 {
		inner["attributes"] = message.Message.Attributes
	}
	if message.Message.OrderingKey != "" {
		inner["orderingKey"] = message.Message.OrderingKey
	}
	outer := map[string]any{"message": inner, "subscription": subscription}
	if message.DeliveryAttempt > 0 {
		outer["deliveryAttempt"] = message.DeliveryAttempt
	}
	body, err := json.Marshal(outer)
	if err != nil {
		log.Print(err)
		return false
	}
	found, err := s.GServer.GetSubscription(ctx, &pb.GetSubscriptionRequest{Subscription: subscription})
	if err != nil {
		return false
	}
	limited, cancel := context.WithTimeout(ctx, time.Duration(max(found.AckDeadlineSeconds, 10))*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(limited, http.MethodPost, config.PushEndpoint, bytes.NewReader(body))
	if err != nil {
		log.Print(err)
		return false
	}
	request.Header.Set("Content-Type", "application/json")
	if token, err := os.ReadFile(s.tokenFile); config.GetOidcToken() != nil && err == nil {
		request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Print(err)
		return false
	}
	_ = answer.Body.Close()
	switch answer.StatusCode {
	case 102, 200, 201, 202, 204:
		return true
	}
	return false
}
