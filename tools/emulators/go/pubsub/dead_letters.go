package main

import (
	"context"
	"fmt"
	"log"
	"strings"
	"sync"
	"time"

	pb "cloud.google.com/go/pubsub/v2/apiv1/pubsubpb"
	"cloud.google.com/go/pubsub/v2/pstest"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/emptypb"
)

// subscriber is the fake's subscriber service with dead letters as the service has them. The fake is not told of
// the policy: it would publish a dead letter again and again, and it counts the deliveries of all subscriptions together.
type subscriber struct {
	*pstest.GServer
	tokenFile string

	mu        sync.Mutex
	policies  map[string]*pb.DeadLetterPolicy
	delivered map[delivery]*pb.ReceivedMessage
	pushed    map[string]*pb.PushConfig
}

// delivery is a message of a subscription: each counts its own attempts.
type delivery struct{ subscription, messageID string }

func newSubscriber(fake *pstest.GServer, tokenFile string) *subscriber {
	return &subscriber{
		GServer: fake, tokenFile: tokenFile,
		policies: map[string]*pb.DeadLetterPolicy{}, delivered: map[delivery]*pb.ReceivedMessage{}, pushed: map[string]*pb.PushConfig{},
	}
}

func (s *subscriber) CreateSubscription(ctx context.Context, asked *pb.Subscription) (*pb.Subscription, error) {
	policy := asked.DeadLetterPolicy
	if policy != nil {
		if _, err := s.GServer.GetTopic(ctx, &pb.GetTopicRequest{Topic: policy.DeadLetterTopic}); err != nil {
			return nil, err
		}
	}
	inner := proto.Clone(asked).(*pb.Subscription)
	inner.DeadLetterPolicy = nil
	if _, err := s.GServer.CreateSubscription(ctx, inner); err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.policies[asked.Name] = policy
	s.mu.Unlock()
	s.push(asked.Name, asked.PushConfig)
	return s.GetSubscription(ctx, &pb.GetSubscriptionRequest{Subscription: asked.Name})
}

func (s *subscriber) GetSubscription(ctx context.Context, asked *pb.GetSubscriptionRequest) (*pb.Subscription, error) {
	inner, err := s.GServer.GetSubscription(ctx, asked)
	if err != nil {
		return nil, err
	}
	found := proto.Clone(inner).(*pb.Subscription)
	found.DeadLetterPolicy = s.policyOf(asked.Subscription)
	return found, nil
}

func (s *subscriber) Pull(ctx context.Context, asked *pb.PullRequest) (*pb.PullResponse, error) {
	pulled, err := s.GServer.Pull(ctx, asked)
	if err != nil {
		return nil, err
	}
	return &pb.PullResponse{ReceivedMessages: s.attempt(asked.Subscription, pulled.ReceivedMessages)}, nil
}

func (s *subscriber) ModifyAckDeadline(ctx context.Context, asked *pb.ModifyAckDeadlineRequest) (*emptypb.Empty, error) {
	if asked.AckDeadlineSeconds == 0 {
		kept, dead := s.bury(asked.Subscription, asked.AckIds)
		if _, err := s.GServer.Acknowledge(ctx, &pb.AcknowledgeRequest{Subscription: asked.Subscription, AckIds: dead}); err != nil {
			return nil, err
		}
		asked = &pb.ModifyAckDeadlineRequest{Subscription: asked.Subscription, AckIds: kept}
	}
	return s.GServer.ModifyAckDeadline(ctx, asked)
}

func (s *subscriber) StreamingPull(inner pb.Subscriber_StreamingPullServer) error {
	return s.GServer.StreamingPull(&stream{Subscriber_StreamingPullServer: inner, subscriber: s})
}

// stream is a streaming pull that sees what goes to and fro.
type stream struct {
	pb.Subscriber_StreamingPullServer
	subscriber   *subscriber
	subscription string
}

// Recv turns a refusal that was the last allowed into an acknowledgement: the message is a dead letter by then.
func (st *stream) Recv() (*pb.StreamingPullRequest, error) {
	asked, err := st.Subscriber_StreamingPullServer.Recv()
	if err != nil {
		return nil, err
	}
	if asked.Subscription != "" {
		st.subscription = asked.Subscription
	}
	ids, seconds := asked.ModifyDeadlineAckIds, asked.ModifyDeadlineSeconds
	asked.ModifyDeadlineAckIds, asked.ModifyDeadlineSeconds = nil, nil
	for i, id := range ids {
		if seconds[i] == 0 {
			if _, dead := st.subscriber.bury(st.subscription, []string{id}); len(dead) > 0 {
				asked.AckIds = append(asked.AckIds, id)
				continue
			}
		}
		asked.ModifyDeadlineAckIds = append(asked.ModifyDeadlineAckIds, id)
		asked.ModifyDeadlineSeconds = append(asked.ModifyDeadlineSeconds, seconds[i])
	}
	return asked, nil
}

func (st *stream) Send(answer *pb.StreamingPullResponse) error {
	if len(answer.ReceivedMessages) > 0 {
		answer.ReceivedMessages = st.subscriber.attempt(st.subscription, answer.ReceivedMessages)
		if len(answer.ReceivedMessages) == 0 {
			return nil
		}
	}
	return st.Subscriber_StreamingPullServer.Send(answer)
}

// attempt counts a delivery of each message, and leaves out those whose last allowed delivery was never answered.
func (s *subscriber) attempt(subscription string, messages []*pb.ReceivedMessage) []*pb.ReceivedMessage {
	policy := s.policyOf(subscription)
	if policy == nil {
		return messages
	}
	var kept []*pb.ReceivedMessage
	for _, shared := range messages {
		one := proto.Clone(shared).(*pb.ReceivedMessage)
		key := delivery{subscription, one.Message.MessageId}
		s.mu.Lock()
		before := s.delivered[key]
		if before != nil && before.DeliveryAttempt >= policy.MaxDeliveryAttempts {
			s.mu.Unlock()
			// Not here: the fake may hold its lock until this stream takes the next message.
			go func() {
				if _, dead := s.bury(subscription, []string{one.AckId}); len(dead) > 0 {
					_, _ = s.GServer.Acknowledge(context.Background(), &pb.AcknowledgeRequest{Subscription: subscription, AckIds: dead})
				}
			}()
			continue
		}
		one.DeliveryAttempt = before.GetDeliveryAttempt() + 1
		s.delivered[key] = one
		s.mu.Unlock()
		kept = append(kept, one)
	}
	return kept
}

// bury publishes those messages to the dead letters that have had all their attempts, and tells them from the others.
func (s *subscriber) bury(subscription string, ackIDs []string) (kept, dead []string) {
	policy := s.policyOf(subscription)
	for _, id := range ackIDs {
		key := delivery{subscription, id[:max(0, strings.LastIndex(id, ":"))]}
		s.mu.Lock()
		last := s.delivered[key]
		isDead := policy != nil && last != nil && last.DeliveryAttempt >= policy.MaxDeliveryAttempts
		if isDead {
			delete(s.delivered, key)
		}
		s.mu.Unlock()
		if !isDead {
			kept = append(kept, id)
			continue
		}
		dead = append(dead, id)
		letter := &pb.PubsubMessage{Data: last.Message.Data, OrderingKey: last.Message.OrderingKey, Attributes: map[string]string{}}
		for name, value := range last.Message.Attributes {
			letter.Attributes[name] = value
		}
		parts := strings.Split(subscription, "/")
		letter.Attributes["CloudPubSubDeadLetterSourceSubscription"] = parts[len(parts)-1]
		letter.Attributes["CloudPubSubDeadLetterSourceSubscriptionProject"] = parts[1]
		letter.Attributes["CloudPubSubDeadLetterSourceDeliveryCount"] = fmt.Sprint(last.DeliveryAttempt)
		letter.Attributes["CloudPubSubDeadLetterSourceTopicPublishTime"] = last.Message.PublishTime.AsTime().Format(time.RFC3339Nano)
		request := &pb.PublishRequest{Topic: policy.DeadLetterTopic, Messages: []*pb.PubsubMessage{letter}}
		if _, err := s.GServer.Publish(context.Background(), request); err != nil {
			log.Printf("dead letter of %s: %v", subscription, err)
		}
	}
	return kept, dead
}

func (s *subscriber) policyOf(subscription string) *pb.DeadLetterPolicy {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.policies[subscription]
}
