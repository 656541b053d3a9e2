#include "tests/support/fake_keychain.h"

namespace fb::test {

void FakeKeychain::read(const QString &name, std::function<void(Answer)> done)
{
    ++reads;
    Answer answer;
    answer.problem = problem;
    if (problem.isEmpty() && !locked && !(forgets && reads > 1) && entries.contains(name)) {
        answer.found = true;
        answer.secret = SecretBytes(entries[name].toStdString());
    }
    done(std::move(answer));
}

void FakeKeychain::write(const QString &name, const SecretBytes &secret,
                         std::function<void(QString problem)> done)
{
    ++writes;
    if (writeProblem.isEmpty())
        entries[name] = QByteArray(secret.view().data(), static_cast<qsizetype>(secret.size()));
    done(writeProblem);
}

}
