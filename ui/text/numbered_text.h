#pragma once
// Fixed-width text with line numbers, in the theme's colours: base of viewer and editor. Lines can carry a mark with a message, shown in the
// gutter and as a tooltip. Ui thread.

#include <QHash>
#include <QPlainTextEdit>

namespace fb {

class NumberedText : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit NumberedText(const QString &objectName, QWidget *parent = nullptr);

    void setMarks(const QHash<int, QString> &messages); // by line, from 1
    QHash<int, QString> marks() const { return m_marks; }
    void setNumbers(const QStringList &labels); // instead of 1, 2, 3; by line
    void goToLine(int line, int column = 1); // from 1; takes the focus
    void showLine(int line, int column = 1);
    // As it was set, but for the line ends: QPlainTextEdit's own answer makes blanks of no-break spaces.
    QString exactText() const;
    bool find(const QString &words, bool backward); // goes round; false: nowhere
    int count(const QString &words) const; // at most 10,000

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Gutter;
    void restyle();
    void paintGutter(QPaintEvent *event);
    int gutterWidth() const;

    Gutter *m_gutter;
    QHash<int, QString> m_marks;
    QStringList m_numbers; // empty: 1, 2, 3
};

}
