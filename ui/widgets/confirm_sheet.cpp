#include "ui/widgets/confirm_sheet.h"

#include "models/table/visible_text.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>

namespace fb {

namespace {
    constexpr qsizetype kNameChars = 80;
}

ConfirmSheet::ConfirmSheet(const Confirmation &what, QWidget *window)
    : Sheet(what.question, window),
      m_cancel(makeButton(what.name + QStringLiteral("Cancel"), tr("Cancel"))),
      m_confirm(makeButton(what.name + QStringLiteral("Confirm"), what.verb, what.icon, ButtonKind::Danger))
{
    markChange(m_confirm, what.action);
    setObjectName(what.name + QStringLiteral("Sheet"));
    auto *words = new TextLabel(what.consequence, TextRole::Body);
    words->setWordWrap(true);
    body()->addWidget(words);
    if (what.targets.size() > 1)
        addNames(what.targets);
    const qsizetype count = what.count < 0 ? what.targets.size() : what.count;
    if (count > what.typedAbove) {
        const QString number = QString::number(count);
        m_typed = new QLineEdit;
        m_typed->setObjectName(what.name + QStringLiteral("Typed"));
        m_confirm->setEnabled(false);
        connect(m_typed, &QLineEdit::textChanged, this,
                [this, number](const QString &text) { m_confirm->setEnabled(text.trimmed() == number); });
        connect(m_typed, &QLineEdit::returnPressed, this, &ConfirmSheet::accept);
        body()->addWidget(new FormField(tr("Type %1 to confirm").arg(number), m_typed));
    }
    body()->addStretch(1);
    foot()->addStretch(1);
    foot()->addWidget(m_cancel);
    foot()->addWidget(m_confirm);
    connect(m_cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_confirm, &QPushButton::clicked, this, &ConfirmSheet::accept);
}

void ConfirmSheet::addNames(const QStringList &targets)
{
    QStringList names;
    for (const QString &target : targets)
        names << visibleText(target, kNameChars);
    auto *list = new TextLabel(names.first(std::min(kShown, names.size())).join(u'\n'), TextRole::BodyMedium);
    list->setWordWrap(true);
    body()->addWidget(list);
    if (names.size() <= kShown)
        return;
    auto *rest = makeButton(QStringLiteral("confirmShowAll"),
                            tr("and %n more", nullptr, static_cast<int>(names.size() - kShown)), Icon::None,
                            ButtonKind::Link);
    rest->setMinimumWidth(rest->sizeHint().width() + themeOf(this).metrics().step(2)); // the ring has room
    connect(rest, &QPushButton::clicked, this, [list, rest, names] {
        list->setText(names.join(u'\n'));
        rest->hide();
    });
    body()->addWidget(rest, 0, Qt::AlignLeft);
}

void ConfirmSheet::accept()
{
    if (!m_confirm->isEnabled() || EditGate::waits(*m_confirm))
        return;
    m_confirm->setEnabled(false); // once
    emit confirmed();
    close();
}

void ConfirmSheet::ask()
{
    open();
    m_cancel->setFocus();
}

}
