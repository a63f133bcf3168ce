namespace System;

/// <summary>Referenced by ilc's start-up code, which is never linked here.</summary>
public static class AppContext
{
    public static void SetData(string name, object data)
    {
    }
}
