#pragma once
// Cuts what a program writes into text, control characters and escape sequences, whatever the pieces it comes in. Bounded: nothing that a
// program writes makes it grow. Knows no meaning; that is the Terminal's. One thread.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace fb {

struct ControlSequence { // ESC [ ... final
    static constexpr int kMostParameters = 32; // the rest is dropped
    static constexpr int kMissing = -1;
    static constexpr int kLargest = 65'535;

    char leader = 0; // one of < = > ?
    char intermediate = 0; // 0x20 to 0x2F; two or more: kTooMany
    static constexpr char kTooMany = 1;
    char final = 0;
    int count = 0;
    std::array<int, kMostParameters + 1> parameters {}; // the last place takes what is dropped
    std::array<bool, kMostParameters + 1> isSub {}; // follows a colon: belongs to the one before it

    // Missing or 0 count as `fallback`.
    int number(int index, int fallback) const
    {
        return index < count && parameters[size_t(index)] > 0 ? parameters[size_t(index)] : fallback;
    }
    int value(int index, int fallback) const // missing counts as `fallback`; 0 is 0
    {
        return index < count && parameters[size_t(index)] != kMissing ? parameters[size_t(index)] : fallback;
    }
};

enum class StringKind { Osc, Dcs, Other }; // Other: APC, PM, SOS

class ScannerSink
{
public:
    virtual ~ScannerSink() = default;
    virtual void printAscii(std::string_view text) = 0; // 0x20 to 0x7E
    virtual void print(char32_t codePoint) = 0; // 0xA0 and above; U+FFFD for bytes that are not UTF-8
    virtual void control(uint8_t character) = 0; // C0
    virtual void escape(char intermediate, char final) = 0; // intermediate: 0 for none
    virtual void sequence(const ControlSequence &sequence) = 0;
    virtual void string(StringKind kind, std::string_view content) = 0; // without its end mark
};

class EscapeScanner
{
public:
    static constexpr size_t kMostString = 64 * 1024; // of an OSC; the rest of a longer one is dropped with it

    explicit EscapeScanner(ScannerSink &sink) : m_sink(sink) { }
    void write(std::string_view bytes);
    void reset(); // forgets what has begun

private:
    enum class State { Ground, Escape, EscapeIntermediate, Csi, CsiIgnore, String, StringEscape };

    size_t ground(std::string_view bytes); // how many were taken
    void utf8(uint8_t byte);
    void brokenUtf8();
    void inEscape(uint8_t byte);
    void inCsi(uint8_t byte);
    void inString(uint8_t byte);
    void endString();

    ScannerSink &m_sink;
    State m_state = State::Ground;
    ControlSequence m_sequence;
    char m_intermediate = 0;
    StringKind m_kind = StringKind::Osc;
    std::string m_string;
    bool m_isTooLong = false;
    char32_t m_codePoint = 0;
    int m_missing = 0; // bytes of the character that have not come
    uint8_t m_low = 0x80; // what the next one may be
    uint8_t m_high = 0xBF;
};

}
