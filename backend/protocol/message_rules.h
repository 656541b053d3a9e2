#pragma once
// What each control message may be: who sends it, where its protobuf message lies, how big its payload may be. One table, which Link
// enforces and both sides' owners read and write by. Pure functions; any thread.

#include "backend/protocol/frame.h"

namespace fb::protocol {

enum class Sender { Agent, Engine, Either };

struct MessageRule {
    FrameType type;
    Sender sender;
    bool inPayload; // its protobuf message is the payload, the header stays empty. ORDER alone has both
    size_t maxPayload; // sum of all chunks, before compression; 0: none allowed
    bool isFact; // sent after everything else, and may be compressed
};

// Messages of stream 0. Null for frames that belong to streams.
const MessageRule *ruleOf(FrameType type);

}
