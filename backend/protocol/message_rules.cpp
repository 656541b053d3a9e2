#include "backend/protocol/message_rules.h"

#include <array>

namespace fb::protocol {

namespace {
    constexpr size_t kKiB = 1024;
    constexpr std::array kRules = {
        MessageRule {FrameType::Hello, Sender::Agent, true, 64 * kKiB, false},
        MessageRule {FrameType::Welcome, Sender::Engine, false, 0, false},
        MessageRule {FrameType::Ping, Sender::Either, false, 0, false},
        MessageRule {FrameType::Pong, Sender::Either, false, 0, false},
        MessageRule {FrameType::GoAway, Sender::Either, false, 0, false},
        MessageRule {FrameType::Error, Sender::Either, false, 0, false},
        MessageRule {FrameType::Order, Sender::Engine, false, kMaxMessageBytes,
                     false}, // OrderHead; OrderBody
        MessageRule {FrameType::OrderSeen, Sender::Agent, false, 0, false},
        MessageRule {FrameType::OrderStarted, Sender::Agent, false, 0, false},
        MessageRule {FrameType::OrderStep, Sender::Agent, true, 128 * kKiB, false},
        MessageRule {FrameType::OrderResult, Sender::Agent, true, kMaxMessageBytes, false},
        MessageRule {FrameType::OrderSettled, Sender::Engine, false, 0, false},
        MessageRule {FrameType::Cancel, Sender::Engine, false, 0, false},
        MessageRule {FrameType::CancelResult, Sender::Agent, false, 0, false},
        MessageRule {FrameType::Renew, Sender::Agent, false, 0, false},
        MessageRule {FrameType::Renewed, Sender::Engine, true, 64 * kKiB, false},
        MessageRule {FrameType::CrlDelta, Sender::Engine, true, kMaxMessageBytes, false},
        MessageRule {FrameType::Endpoints, Sender::Engine, true, 64 * kKiB, false},
        MessageRule {FrameType::EndpointsKept, Sender::Agent, false, 0, false},
        MessageRule {FrameType::Inventory, Sender::Agent, true, kMaxMessageBytes, true},
        MessageRule {FrameType::Compliance, Sender::Agent, true, kMaxMessageBytes, true},
        MessageRule {FrameType::Metrics, Sender::Agent, true, 64 * kKiB, true},
        MessageRule {FrameType::Event, Sender::Agent, false, 0, false},
        MessageRule {FrameType::Config, Sender::Engine, true, 256 * kKiB, false},
        MessageRule {FrameType::Logs, Sender::Agent, true, kMaxMessageBytes, true},
    };
}

const MessageRule *ruleOf(FrameType type)
{
    for (const MessageRule &rule : kRules) {
        if (rule.type == type)
            return &rule;
    }
    return nullptr;
}

}
