#include "models/signin/two_step_view_model.h"

#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

TwoStepViewModel::TwoStepViewModel(SignInViewModel &signIn, QObject *parent)
    : QObject(parent),
      m_signIn(signIn)
{
}

void TwoStepViewModel::setStage(Stage stage)
{
    m_stage = stage;
    m_isBusy = false;
    m_problem = {};
    m_fieldProblem.clear();
    emit changed();
}

void TwoStepViewModel::fail(const ShownError &problem)
{
    m_isBusy = false;
    if (problem.field == u"Code")
        m_fieldProblem = tr("This is not the code that the authenticator shows now. Check the clock of that "
                            "device and enter the newest code.");
    else
        m_problem = {tr("Two-step sign-in was not changed."), problem.words()};
    emit changed();
}

void TwoStepViewModel::read()
{
    m_isBusy = true;
    m_signIn.source().readTwoStep(
        [self = QPointer(this)](const TwoStepFacts &facts, const ShownError &problem) {
            if (!self)
                return;
            if (!problem.isEmpty())
                return self->fail(problem);
            self->m_facts = facts;
            self->setStage(facts.isOn ? Stage::On : Stage::Off);
        });
}

void TwoStepViewModel::begin()
{
    if (m_isBusy)
        return;
    m_isBusy = true;
    emit changed();
    m_signIn.source().beginTwoStep(
        [self = QPointer(this)](const QString &secret, const QString &uri, const ShownError &problem) {
            if (!self)
                return;
            if (!problem.isEmpty())
                return self->fail(problem);
            QStringList groups;
            for (qsizetype at = 0; at < secret.size(); at += 4)
                groups << secret.mid(at, 4);
            self->m_secret = groups.join(u' ');
            self->m_uri = uri;
            self->setStage(Stage::Confirming);
        });
}

void TwoStepViewModel::confirm(const QString &code)
{
    if (m_isBusy)
        return;
    m_isBusy = true;
    m_fieldProblem.clear();
    emit changed();
    m_signIn.source().confirmTwoStep(
        code, [self = QPointer(this)](const QStringList &codes, const ShownError &problem) {
            if (!self)
                return;
            if (!problem.isEmpty())
                return self->fail(problem);
            self->m_secret.clear();
            self->m_uri.clear();
            self->m_codes = codes;
            self->setStage(Stage::Codes);
        });
}

void TwoStepViewModel::end(const QString &password)
{
    if (m_isBusy)
        return;
    m_isBusy = true;
    m_fieldProblem.clear();
    emit changed();
    m_signIn.source().endTwoStep(password, [self = QPointer(this)](const SignInAnswer &answer) {
        if (!self)
            return;
        if (answer.state == SignInAnswer::State::SignedIn)
            return self->read();
        self->m_isBusy = false;
        const auto problem = self->m_signIn.problemOf(answer);
        if (answer.state == SignInAnswer::State::Wrong || answer.state == SignInAnswer::State::Waits)
            self->m_fieldProblem = (problem.statement + u' ' + problem.sentence).trimmed();
        else
            self->m_problem = problem;
        emit self->changed();
    });
}

QString TwoStepViewModel::codesText() const
{
    return tr("Flagbridge recovery codes of %1. Each works once, in place of a code of the authenticator.")
               .arg(m_signIn.who().name)
        + u"\n\n"_s + m_codes.join(u'\n') + u'\n';
}

void TwoStepViewModel::forgetCodes()
{
    m_codes.clear();
    setStage(Stage::Reading);
    read();
}

}
