#pragma once
// Text to read: numbered lines, find with count (Ctrl+F, Enter, Shift+Enter), wrap, copy. Always plain text. Ui thread.

#include <QWidget>

class QLineEdit;

namespace fb {

class NumberedText;
class TextLabel;

class TextViewer : public QWidget
{
    Q_OBJECT
public:
    explicit TextViewer(const QString &objectName, const QString &accessibleName, QWidget *parent = nullptr);

    // `text`: with control characters made visible; `original`: what is copied instead, where it differs.
    void setText(const QString &text, const QString &original = {});
    QString text() const;
    const QString &original() const { return m_original; } // what was set, before it was made visible
    void focusFind();
    NumberedText *view() const { return m_text; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void findOn(bool backward);
    void updateCount();

    NumberedText *m_text;
    QString m_original;
    QLineEdit *m_find;
    TextLabel *m_found;
};

}
