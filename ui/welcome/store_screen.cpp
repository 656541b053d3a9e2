#include "ui/welcome/store_screen.h"

#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

StoreScreen::StoreScreen(const QString &name, const QString &title, const QString &sentence,
                         const QString &verb)
    : m_form(new QWidget),
      m_banner(new Banner),
      m_back(makeButton(u"welcomeBack"_s, tr("Back"), Icon::Back)),
      m_start(makeButton(u"welcomeStart"_s, verb, Icon::None, ButtonKind::Primary)),
      m_verb(verb)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(name);
    auto *words = new TextLabel(sentence, TextRole::Body, Token::Text2);
    words->setWordWrap(true);
    auto *fields = new QVBoxLayout(m_form);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(m.fieldGap());
    auto *foot = new QHBoxLayout;
    foot->setSpacing(m.toolGap());
    foot->addWidget(m_back);
    foot->addStretch(1);
    foot->addWidget(m_start);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.step(3));
    column->addWidget(new TextLabel(title, TextRole::Hero));
    column->addWidget(words);
    column->addSpacing(m.step(2));
    column->addWidget(m_form);
    column->addWidget(m_banner);
    column->addStretch(1);
    column->addLayout(foot);
    connect(m_back, &QPushButton::clicked, this, &StoreScreen::backClicked);
    connect(m_start, &QPushButton::clicked, this, &StoreScreen::submit);
}

void StoreScreen::submit()
{
    if (!m_start->isEnabled())
        return;
    clearProblems();
    m_banner->hide();
    const StoreChoice made = choice();
    if (const auto problem = made.problem()) {
        showProblem(*problem);
        return;
    }
    emit chosen(made);
}

QVBoxLayout *StoreScreen::form() const { return static_cast<QVBoxLayout *>(m_form->layout()); }

bool StoreScreen::isStarting() const { return !m_start->isEnabled(); }

void StoreScreen::setStarting(bool starting)
{
    m_start->setEnabled(!starting);
    m_back->setEnabled(!starting);
    m_form->setEnabled(!starting);
    m_start->setText(starting ? tr("Starting...") : m_verb);
}

void StoreScreen::showFailure(const ShownError &failure)
{
    setStarting(false);
    m_banner->showProblem(failure, tr("The engine could not start with these settings."));
    m_start->setFocus();
}

}
