#pragma once
// The ids that engine and agent share, and how they are made.

#include "backend/core/id.h"

#include <cstdint>

namespace fb {

class Random;

using NodeId = Id<struct NodeTag>; // "mi-" + 17 hex digits
using ActivationId = Id<struct ActivationTag>; // UUID
using CommandId = Id<struct CommandTag>; // UUID, 36 characters, lower case
using SessionId = Id<struct SessionTag>; // "<operator>-<17 hex>"
using OrderId = Id<struct OrderTag>; // ULID, 26 characters: sorts by time of making
using FleetId = Id<struct FleetTag>; // UUID made with the store

std::string newUuid(Random &random); // version 4, lower case
std::string newUlid(Random &random, int64_t unixMilliseconds);
NodeId newNodeId(Random &random);

bool isUuid(std::string_view text); // 8-4-4-4-12 lower-case hex
bool isNodeId(std::string_view text); // mi- and 17 lower-case hex digits
bool isUlid(std::string_view text);

}
