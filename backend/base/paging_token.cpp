#include "backend/base/paging_token.h"

#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr char kVersion = 1;
    constexpr size_t kMacBytes = 32;
    constexpr size_t kHeadBytes = 1 + sizeof(int64_t);
    constexpr qsizetype kMaxTokenCharacters = 4096;
    constexpr std::chrono::hours kLifetime {24};

    tl::unexpected<Error> invalid(const QString &why)
    {
        return fail(errors::kInvalidNextToken, u"NextToken %1; start the list again without it."_s.arg(why),
                    u"NextToken"_s);
    }
}

PagingTokens::PagingTokens(SecretBytes key, const Clock &clock) : m_key(std::move(key)), m_clock(clock) { }

std::string PagingTokens::seal(const QString &scope, const std::string &body) const
{
    std::string bytes;
    const std::string scopeBytes = toStd(scope);
    putBigEndian<uint32_t>(bytes, static_cast<uint32_t>(scopeBytes.size()));
    bytes += scopeBytes;
    bytes += body;
    return hmacSha256(m_key.view(), bytes);
}

QString PagingTokens::issue(const QString &scope, const QByteArray &position) const
{
    if (position.isEmpty())
        return {};
    std::string body(1, kVersion);
    putBigEndian<uint64_t>(body, static_cast<uint64_t>(toMicros(m_clock.now() + kLifetime)));
    body += viewOf(position);
    return toQString(toBase64Url(body + seal(scope, body)));
}

Result<QByteArray> PagingTokens::open(const QString &scope, const QString &token) const
{
    if (token.isEmpty())
        return QByteArray();
    if (token.size() > kMaxTokenCharacters)
        return invalid(u"has %1 characters; it may have %2"_s.arg(token.size()).arg(kMaxTokenCharacters));
    const auto bytes = fromBase64Url(toStd(token));
    if (!bytes || bytes->size() <= kHeadBytes + kMacBytes || bytes->front() != kVersion)
        return invalid(u"is not one of this engine's"_s);
    const std::string body = bytes->substr(0, bytes->size() - kMacBytes);
    if (!equalInConstantTime(seal(scope, body), std::string_view(*bytes).substr(body.size())))
        return invalid(u"was altered or belongs to another list"_s);
    if (toMicros(m_clock.now()) > bigEndianAt<int64_t>(body, 1))
        return invalid(u"is older than 24 hours"_s);
    return toBytes(std::string_view(body).substr(kHeadBytes));
}

}
