#pragma once
// Token buckets for what a peer sends outside credit: frames and bytes (protocol-notes 13, [R19]). One thread at a time.

#include "backend/core/clock.h"

#include <cstdint>

namespace fb::protocol {

class RateMeter
{
public:
    RateMeter(uint32_t framesPerSecond, uint32_t frameBurst, uint64_t bytesPerSecond, Tick now);

    void take(size_t bytes, Tick now); // one frame of that size
    bool isPaused(Tick now); // true from the moment a bucket is empty until a second's worth has come back
    Tick resumesAt() const { return m_resumesAt; } // while paused
    // The peer has run into the bound over and over without ever letting the bucket fill again.
    bool isHopeless() const { return m_pauses > kMaxPauses; }

private:
    static constexpr int kMaxPauses = 20;
    void refill(Tick now);

    double m_frames;
    double m_bytes;
    Tick m_filledAt;
    Tick m_resumesAt {};
    uint32_t m_framesPerSecond;
    uint32_t m_frameBurst;
    uint64_t m_bytesPerSecond;
    int m_pauses = 0;
    bool m_paused = false;
};

}
