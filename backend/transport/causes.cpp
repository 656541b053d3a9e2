#include "backend/transport/causes.h"

#include <array>

namespace fb::transport {

ErrorCode causeNamed(std::string_view name)
{
    static constexpr std::array kAll {
        causes::kNoCertificate, causes::kExpired,      causes::kNotYetValid, causes::kUnknownCa,
        causes::kSelfSigned,    causes::kBadSignature, causes::kWrongUsage,  causes::kCaAsLeaf,
        causes::kWrongFleet,    causes::kWeakKey,      causes::kRevoked,     causes::kEngineIdentity,
        causes::kClock,         causes::kUnreachable,  causes::kTls,         causes::kRefused,
        causes::kTimedOut,      causes::kStalled,      causes::kClosed,      causes::kProtocol,
        causes::kTooBig,        causes::kEvicted,
    };
    for (const ErrorCode code : kAll) {
        if (code.name() == name)
            return code;
    }
    return causes::kRefused;
}

}
