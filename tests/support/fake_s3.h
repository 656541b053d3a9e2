#pragma once
// An S3-compatible server on loopback that holds objects in memory and wants its requests signed, every byte of the signature. Its answers can be
// held back, or be others than such a server gives. Sources that need it list fake_s3.cpp, test_web_server.cpp and test_certificates.cpp in EXTRA and link OpenSSL
// and fb_backend_download.

#include "tests/support/test_web_server.h"

#include <QMap>

#include <condition_variable>
#include <optional>

namespace fb::test {

class FakeS3
{
public:
    using Instead = std::function<std::optional<WebResponse>(const WebRequest &)>; // on the server's thread

    static inline const QString kAccessKeyId = QStringLiteral("AKIDTEST");
    static inline const QString kSecret = QStringLiteral("s3cr3t/of+the=test");
    static inline const QString kRegion = QStringLiteral("xx-test-1");

    explicit FakeS3(Instead instead = {});
    ~FakeS3(); // lets go what is held

    QString url(const QString &path = {}) const { return m_web->url(path); }
    QList<WebRequest> requests() const { return m_web->requests(); }
    void put(const QByteArray &bucketAndKey, const QByteArray &bytes); // "bucket/dir/key"
    void remove(const QByteArray &bucketAndKey);
    void setPageSize(qsizetype keys) { m_pageSize = keys; }
    // From now on no request is answered, until they go on.
    void hold();
    void goOn();

private:
    WebResponse answer(const WebRequest &request);
    bool isSigned(const WebRequest &request) const;
    WebResponse listing(const QByteArray &bucket, const QMap<QByteArray, QByteArray> &query) const;

    Instead m_instead;
    mutable std::mutex m_mutex;
    std::condition_variable m_goesOn;
    bool m_isHeld = false;
    std::atomic<qsizetype> m_pageSize = 1000;
    QMap<QByteArray, QByteArray> m_objects;
    std::unique_ptr<TestWebServer> m_web; // the last: its thread asks the others
};

}
