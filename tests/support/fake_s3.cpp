#include "tests/support/fake_s3.h"

#include "backend/download/s3_signature.h"

#include <QDateTime>

namespace fb::test {

namespace {
    // In order; plain.
    QMap<QByteArray, QByteArray> queryOf(const QByteArray &path)
    {
        QMap<QByteArray, QByteArray> query;
        const qsizetype mark = path.indexOf('?');
        for (const QByteArray &pair : mark < 0 ? QList<QByteArray>() : path.mid(mark + 1).split('&')) {
            const qsizetype sign = pair.indexOf('=');
            query.insert(QByteArray::fromPercentEncoding(pair.left(sign)),
                         QByteArray::fromPercentEncoding(pair.mid(sign + 1)));
        }
        return query;
    }
}

FakeS3::FakeS3(Instead instead)
    : m_instead(std::move(instead)),
      m_web(std::make_unique<TestWebServer>([this](const WebRequest &request) { return answer(request); }))
{
}

FakeS3::~FakeS3()
{
    goOn();
    m_web.reset();
}

void FakeS3::put(const QByteArray &bucketAndKey, const QByteArray &bytes)
{
    const std::lock_guard lock(m_mutex);
    m_objects.insert(bucketAndKey, bytes);
}

void FakeS3::remove(const QByteArray &bucketAndKey)
{
    const std::lock_guard lock(m_mutex);
    m_objects.remove(bucketAndKey);
}

void FakeS3::hold()
{
    const std::lock_guard lock(m_mutex);
    m_isHeld = true;
}

void FakeS3::goOn()
{
    const std::lock_guard lock(m_mutex);
    m_isHeld = false;
    m_goesOn.notify_all();
}

// By the function that Amazon's published examples hold (tst_download_rules).
bool FakeS3::isSigned(const WebRequest &request) const
{
    QDateTime at = QDateTime::fromString(QString::fromLatin1(request.header("x-amz-date")),
                                         QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    at.setTimeSpec(Qt::UTC);
    download::S3Request asked {.server = "http://" + request.header("Host").toStdString(),
                               .path = request.path.split('?').constFirst().toStdString()};
    const auto query = queryOf(request.path);
    for (auto each = query.cbegin(); each != query.cend(); ++each)
        asked.query[each.key().toStdString()] = each.value().toStdString();
    const std::string id = kAccessKeyId.toStdString();
    const std::string secret = kSecret.toStdString();
    const std::string region = kRegion.toStdString();
    const auto expected = download::signedHeaders(asked, {id, secret, region},
                                                  Instant(std::chrono::milliseconds(at.toMSecsSinceEpoch())));
    return "Authorization: " + request.header("Authorization").toStdString() == expected.back();
}

WebResponse FakeS3::answer(const WebRequest &request)
{
    {
        std::unique_lock lock(m_mutex);
        m_goesOn.wait(lock, [this] { return !m_isHeld; });
    }
    if (m_instead) {
        if (const auto other = m_instead(request))
            return *other;
    }
    if (!isSigned(request))
        return {.status = 403, .body = "<Error><Code>SignatureDoesNotMatch</Code></Error>"};
    const std::lock_guard lock(m_mutex);
    const auto query = queryOf(request.path);
    const QByteArray path = QByteArray::fromPercentEncoding(request.path.split('?').constFirst()).mid(1);
    if (query.contains("list-type"))
        return listing(path, query);
    if (!m_objects.contains(path))
        return {.status = 404, .body = "<Error><Code>NoSuchKey</Code></Error>"};
    return {.body = m_objects.value(path)};
}

// The token is the last key of the page before.
WebResponse FakeS3::listing(const QByteArray &bucket, const QMap<QByteArray, QByteArray> &query) const
{
    QByteArray body = "<?xml version=\"1.0\"?><ListBucketResult>";
    qsizetype count = 0;
    QByteArray last;
    bool isTruncated = false;
    for (const QByteArray &object : m_objects.keys()) {
        const QByteArray key = object.mid(bucket.size() + 1);
        if (!object.startsWith(bucket + '/') || !key.startsWith(query.value("prefix"))
            || key <= query.value("continuation-token"))
            continue;
        if (count == m_pageSize) {
            isTruncated = true;
            break;
        }
        body += "<Contents><Key>" + key.toPercentEncoding("/") + "</Key></Contents>";
        last = key;
        ++count;
    }
    body += isTruncated
        ? "<IsTruncated>true</IsTruncated><NextContinuationToken>" + last + "</NextContinuationToken>"
        : QByteArray("<IsTruncated>false</IsTruncated>");
    return {.body = body + "</ListBucketResult>"};
}

}
