#include "ui/terminal/search_bar.h"

#include "models/table/plain_tool_tip.h"
#include "models/terminal/terminal_model.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>

namespace fb {

using namespace Qt::StringLiterals;

SearchBar::SearchBar(TerminalModel &model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_field(new QLineEdit),
      m_pattern(makeIconButton(u"terminalSearchPattern"_s, Icon::Pattern, tr("Regular expression"))),
      m_case(makeIconButton(u"terminalSearchCase"_s, Icon::MatchCase, tr("Match case"))),
      m_count(new TextLabel(QString(), TextRole::Small, Token::Text2))
{
    setObjectName(u"terminalSearch"_s);
    const Metrics &metrics = themeOf(this).metrics();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics.step(1.5), metrics.step(1), metrics.step(1.5), metrics.step(1));
    layout->setSpacing(metrics.step(1));
    m_field->setObjectName(u"terminalSearchField"_s);
    m_field->setAccessibleName(tr("Find in the session"));
    m_field->setPlaceholderText(tr("Find in the session"));
    m_field->setMaximumWidth(metrics.lines(14));
    m_field->installEventFilter(this);
    for (QToolButton *toggle : {m_pattern, m_case}) {
        toggle->setCheckable(true);
        connect(toggle, &QToolButton::toggled, this, &SearchBar::apply);
    }
    m_count->setMinimumWidth(metrics.lines(4));
    auto *older
        = makeIconButton(u"terminalSearchOlder"_s, Icon::PreviousPlace, tr("Next older match (Enter)"));
    auto *newer
        = makeIconButton(u"terminalSearchNewer"_s, Icon::NextPlace, tr("Next newer match (Shift+Enter)"));
    auto *shut = makeIconButton(u"terminalSearchClose"_s, Icon::Close, tr("Close the search (Esc)"));
    layout->addWidget(m_field, 1);
    layout->addWidget(m_pattern);
    layout->addWidget(m_case);
    layout->addWidget(m_count);
    layout->addWidget(older);
    layout->addWidget(newer);
    layout->addWidget(shut);
    connect(m_field, &QLineEdit::textChanged, this, &SearchBar::apply);
    connect(older, &QToolButton::clicked, this, [this] { step(true); });
    connect(newer, &QToolButton::clicked, this, [this] { step(false); });
    connect(shut, &QToolButton::clicked, this, &SearchBar::close);
    connect(&m_model, &TerminalModel::searchChanged, this, &SearchBar::showState);
    hide();
}

void SearchBar::open()
{
    show();
    raise();
    m_field->setFocus();
    m_field->selectAll();
    apply();
}

void SearchBar::close()
{
    hide();
    m_model.search({});
    emit closed();
}

void SearchBar::apply()
{
    if (isHidden())
        return;
    m_model.search({.text = m_field->text().toStdString(),
                    .isPattern = m_pattern->isChecked(),
                    .ignoresCase = !m_case->isChecked()});
    showState();
}

void SearchBar::step(bool older) { m_model.searchNext(older); }

void SearchBar::showState()
{
    const SearchState &state = m_model.searchState();
    const QString all = QLocale().toString(state.matches) + (state.isCapped ? u"+"_s : QString());
    m_count->setTone(Tone::Neutral);
    m_count->setToolTip({});
    if (m_field->text().isEmpty()) {
        m_count->clear();
    } else if (!state.fault.empty()) {
        m_count->setTone(Tone::Failed);
        m_count->setText(tr("Invalid pattern"));
        m_count->setToolTip(plainToolTip(QString::fromStdString(state.fault)));
    } else if (state.matches == 0) {
        m_count->setText(state.isComplete ? tr("No match") : tr("Searching"));
    } else if (state.current > 0) {
        m_count->setText(
            tr("%1 of %2", "match number of matches").arg(QLocale().toString(state.current), all));
    } else if (state.isCapped) {
        m_count->setText(tr("%1 matches", "more than can be counted: 100,000+").arg(all));
    } else {
        m_count->setText(tr("%n match(es)", nullptr, state.matches));
    }
}

bool SearchBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Escape) {
        close();
        return true;
    }
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
        step(!key->modifiers().testFlag(Qt::ShiftModifier));
        return true;
    }
    return false;
}

void SearchBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.color(Token::BorderStrong));
    painter.setBrush(theme.color(Token::Raised));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Metrics::kButtonRadius,
                            Metrics::kButtonRadius);
}

}
