#include "app/console/start_problem.h"

#include "ui/widgets/icon_button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QPainter>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

StartProblem::StartProblem(const ShownError &error, const QString &dataDir, Ways ways, QWidget *parent)
    : QWidget(parent)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"startProblem"_s);
    setWindowTitle(u"Flagbridge"_s);
    setWindowIcon(QIcon(u":/logo/logo.svg"_s));
    resize(m.lines(38), m.lines(19));
    auto *statement = new TextLabel(statementOf(error), TextRole::Hero);
    statement->setObjectName(u"startProblemStatement"_s);
    statement->setWordWrap(true);
    auto *advice = new TextLabel(adviceOf(error, dataDir), TextRole::Body, Token::Text2);
    advice->setObjectName(u"startProblemAdvice"_s);
    advice->setWordWrap(true);
    auto *words = new TextLabel(error.message, TextRole::Code, Token::Text2);
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *box = new Surface(Token::Sunken);
    box->setOutline(Token::Border, Metrics::kButtonRadius);
    auto *boxLine = new QHBoxLayout(box);
    boxLine->setContentsMargins(m.step(3), m.step(2.5), m.step(3), m.step(2.5));
    boxLine->addWidget(words);
    auto *retry = makeButton(u"startProblemRetry"_s, tr("Try again"), Icon::Again, ButtonKind::Primary);
    auto *quit = makeButton(u"startProblemQuit"_s, tr("Quit"));
    auto *foot = new QHBoxLayout;
    foot->setSpacing(m.toolGap());
    if (ways.anotherStore) {
        auto *another = makeButton(u"startProblemStore"_s, tr("Choose another store..."));
        connect(another, &QPushButton::clicked, this, &StartProblem::anotherStoreClicked);
        foot->addWidget(another);
    }
    if (ways.restoreKey) {
        auto *restore = makeButton(u"startProblemRestore"_s, tr("Use a sealed backup..."));
        connect(restore, &QPushButton::clicked, this, &StartProblem::restoreClicked);
        foot->addWidget(restore);
    }
    foot->addStretch(1);
    foot->addWidget(quit);
    foot->addWidget(retry);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(m.step(8), m.step(7), m.step(8), m.step(5));
    column->setSpacing(m.step(3));
    column->addWidget(statement);
    column->addWidget(advice);
    column->addWidget(box);
    column->addStretch(1);
    column->addLayout(foot);
    connect(retry, &QPushButton::clicked, this, &StartProblem::retryClicked);
    connect(quit, &QPushButton::clicked, this, &QWidget::close);
    retry->setFocus();
}

QString StartProblem::statementOf(const ShownError &error)
{
    if (error.code == u"MasterKeyUnavailable")
        return tr("The master key cannot be reached");
    return tr("The engine could not start");
}

QString StartProblem::adviceOf(const ShownError &error, const QString &dataDir)
{
    if (error.code == u"MasterKeyUnavailable")
        return tr("Secrets in the store are sealed with a key in the desktop's keychain (GNOME Keyring, "
                  "KWallet). Unlock it and try again. Where there is no keychain, start the console with "
                  "--passphrase-file FILE: the key is then sealed with that passphrase in %1.")
            .arg(dataDir);
    return tr("Nothing was changed in %1. The engine reported:").arg(dataDir);
}

void StartProblem::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), themeOf(this).color(Token::Page));
}

}
