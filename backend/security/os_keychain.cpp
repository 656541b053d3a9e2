#include "backend/security/os_keychain.h"

#include "backend/base/qt_text.h"

#include <qt6keychain/keychain.h>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QString problemOf(const QKeychain::Job &job)
    {
        if (job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound)
            return {};
        return job.errorString().isEmpty() ? u"error %1"_s.arg(job.error()) : job.errorString();
    }
}

OsKeychain::OsKeychain(QString service) : m_service(std::move(service)) { }

void OsKeychain::read(const QString &name, std::function<void(Answer)> done)
{
    auto *job = new QKeychain::ReadPasswordJob(m_service); // deletes itself when finished
    job->setKey(name);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, &m_context, [job, done = std::move(done)] {
        Answer answer;
        answer.problem = problemOf(*job);
        answer.found = job->error() == QKeychain::NoError;
        QByteArray bytes = job->binaryData();
        if (answer.found)
            answer.secret = SecretBytes(viewOf(bytes));
        bytes.fill(0);
        done(std::move(answer));
    });
    job->start();
}

void OsKeychain::write(const QString &name, const SecretBytes &secret,
                       std::function<void(QString problem)> done)
{
    auto *job = new QKeychain::WritePasswordJob(m_service);
    job->setKey(name);
    job->setInsecureFallback(false);
    job->setBinaryData(toBytes(secret.view()));
    QObject::connect(job, &QKeychain::Job::finished, &m_context,
                     [job, done = std::move(done)] { done(problemOf(*job)); });
    job->start();
}

}
