#pragma once
// How long a remote desktop may be (spec/fleet-manager.md 3.9): by default, as AWS, an hour unless it is renewed, and ten minutes in which its operator
// does nothing.
// Whether the operator does something is read from the bytes that the client sends. FreeRDP sends none while the picture is still, 27 for a key
// down or up and 32 for a move of the mouse, and answers a server that asks whether it is there in less than 50. A picture that changes by itself is
// acknowledged in 67 each time, which cannot be told from keys: it counts as use, and ends with its hour. Value; ui thread.

#include "backend/core/clock.h"

#include <QtGlobal>

#include <chrono>

namespace fb {

enum class DesktopEnd { None, Time, Idle }; // why it ends

// As the fleet's settings say; by default as AWS.
struct DesktopLimits {
    std::chrono::minutes longest {60};
    std::chrono::minutes idle {10};
    int most = 5; // desktops at once
    bool operator==(const DesktopLimits &) const = default;
};

class DesktopTime
{
public:
    static constexpr int kSideBySide = 4; // of them in one view
    static constexpr std::chrono::minutes kNoticeBefore {5}; // its end by time; of a short one half its time
    static constexpr std::chrono::minutes kIdleNoticeBefore {2};
    // More than this within one span is somebody at work: one key is, one keep-alive is not.
    static constexpr qint64 kKeepAliveBytes = 50;
    static constexpr std::chrono::seconds kSpan {10};

    void begin(Tick now, qint64 toNode, const DesktopLimits &limits = {});
    void renew(Tick now, const DesktopLimits &limits = {}); // from now on; whoever asks for it is there, too
    void sent(Tick now, qint64 toNode); // bytes in all, often

    const DesktopLimits &limits() const { return m_limits; } // of when it began or was renewed
    std::chrono::seconds left(Tick now) const; // of its time; not below 0
    std::chrono::seconds endsIn(Tick now) const; // by whichever comes first
    DesktopEnd ends(Tick now) const; // it is over
    DesktopEnd endsSoon(Tick now) const; // to be told: the end that comes first

private:
    Tick end() const;

    DesktopLimits m_limits;
    Tick m_endsAt {};
    Tick m_lastUse {};
    Tick m_spanBegan {};
    qint64 m_spanBytes = 0; // in all, when it began
};

}
