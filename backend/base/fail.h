#pragma once
// `return fail(errors::kValidation, u"TimeoutSeconds is 29; it must be 30 to 2592000."_s, u"TimeoutSeconds"_s);` from any function
// that gives a Result. Any thread.

#include "backend/base/qt_text.h"
#include "backend/core/result.h"

#include <QString>

namespace fb {

inline Error qtError(ErrorCode code, const QString &message, const QString &field = {})
{
    return makeError(code, toStd(message), toStd(field));
}

inline tl::unexpected<Error> fail(ErrorCode code, const QString &message, const QString &field = {})
{
    return tl::unexpected<Error>(qtError(code, message, field));
}

inline tl::unexpected<Error> fail(const Error &error) { return tl::unexpected<Error>(error); }

}
