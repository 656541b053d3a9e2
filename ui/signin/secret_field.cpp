#include "ui/signin/secret_field.h"

#include "ui/theme/theme.h"

#include <QAction>

namespace fb {

SecretField::SecretField(const QString &objectName, int most, QWidget *parent)
    : QLineEdit(parent),
      m_reveal(addAction(Theme::icon(Icon::Watch), QLineEdit::TrailingPosition))
{
    setObjectName(objectName);
    setMaxLength(most);
    setEchoMode(QLineEdit::Password);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText
                        | Qt::ImhNoAutoUppercase);
    m_reveal->setCheckable(true);
    m_reveal->setToolTip(tr("Show what is typed"));
    connect(m_reveal, &QAction::toggled, this, &SecretField::setRevealed);
    setMinimumWidth(themeOf(this).metrics().lines(12));
}

void SecretField::setRevealed(bool revealed)
{
    m_reveal->setChecked(revealed);
    m_reveal->setToolTip(revealed ? tr("Hide what is typed") : tr("Show what is typed"));
    setEchoMode(revealed ? QLineEdit::Normal : QLineEdit::Password);
}

QString SecretField::take()
{
    const QString taken = text();
    clear();
    setRevealed(false);
    return taken;
}

}
